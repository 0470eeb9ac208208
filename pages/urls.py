from django.urls import path

from . import views

app_name = "pages"

urlpatterns = [
    path("pages/<slug:slug>/", views.PageView.as_view(), name="page"),
    path("news/", views.NewsView.as_view(), name="news"),
    path("news/<slug:slug>/", views.NewsItemView.as_view(), name="news_item"),
]
